import numpy as np

from layers import ACTIVATIONS, Network


class Graded:
    """All graded functions as methods."""

    def activation(self, sigma, z):
        return ACTIVATIONS[sigma](z)

    def activation_derivative(self, sigma, z):
        return ACTIVATIONS[sigma].slope(z)

    def forward(self, W, b, h0, sigma):
        net = Network(W, b, sigma)
        net.forward(h0)
        return [layer.z for layer in net.layers], [h0] + [layer.h for layer in net.layers]

    def half_squared_error(self, h, t):
        dC = h - t
        return np.vdot(dC, dC) * 0.5, dC

    def weight_jacobian(self, W):
        J = np.zeros(W.shape * 2)
        for pq in np.ndindex(W.shape):
            J[pq + pq] = 1
        return J

    def delta(self, W, zs, dC, sigma, down_to):
        D = dC * self.activation_derivative(sigma, zs[-1])
        for l in range(len(W) - 1, down_to, -1):
            D = self.hidden_delta(W[l], D, zs[l - 1], sigma)
        return D

    def unrolled(self, W, zs, hs, dC, sigma):
        l = len(W) - 3
        return self.delta(W, zs, dC, sigma, l) @ hs[l].T

    def output_delta(self, dC, zL, sigma):
        return np.diagflat(self.activation_derivative(sigma, zL)) @ dC

    def hidden_delta(self, W_next, D_next, z, sigma):
        return self.layer_jacobian(W_next, z, sigma).T @ D_next

    def layer_jacobian(self, W, z_prev, sigma):
        return W @ np.diag(self.activation_derivative(sigma, z_prev)[:, 0])

    def tail(self, W_next, z, h_prev, sigma):
        return np.multiply.outer(self.layer_jacobian(W_next, z, sigma), h_prev[:, 0])

    def softmax_output_delta(self, zL, y):
        shifted = zL - np.max(zL)
        p = np.exp(shifted - np.log(np.exp(shifted).sum()))
        return p - np.eye(len(zL))[:, [y]]

    def backprop(self, W, b, H0, T, sigma):
        net = Network(W, b, sigma)
        return net.backward(net.forward(H0) - T)

    def rows(self, W, b, X, T, sigma):
        return self.backprop(W, b, X.T, T.T, sigma)

    def update(self, W, b, dW, db, learning_rate):
        pairs = [(W, dW), (b, db)]
        return tuple([theta - learning_rate * grad for theta, grad in zip(*pair)] for pair in pairs)


me = Graded()
activation = me.activation
activation_derivative = me.activation_derivative
forward = me.forward
half_squared_error = me.half_squared_error
weight_jacobian = me.weight_jacobian
gradient_by_index = me.unrolled
gradient_unrolled = me.unrolled
output_delta = me.output_delta
hidden_delta = me.hidden_delta
weight_gradient = lambda D, h_prev: np.kron(D, h_prev.T)
bias_gradient = lambda D: D.copy()
layer_jacobian = me.layer_jacobian
weight_to_preactivation_jacobian = me.tail
backprop = me.backprop
softmax_output_delta = me.softmax_output_delta
backprop_batch = me.backprop
backprop_batch_rows = me.rows
update = me.update
